CREATE TABLE `t` (`id` int, `n` decimal(5,2), `s` text);
