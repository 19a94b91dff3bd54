CREATE TABLE `t` (`id` int, `v` text, `w` text);
