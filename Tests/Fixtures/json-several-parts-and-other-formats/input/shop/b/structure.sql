CREATE TABLE `b` (`id` int, `s` text);
