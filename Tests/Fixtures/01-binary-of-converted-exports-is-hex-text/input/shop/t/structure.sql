CREATE TABLE `t` (`id` int, `b` blob, `n` bit(8), `s` text);
