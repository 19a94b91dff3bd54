CREATE TABLE `t` (`a` int, `s` text);
