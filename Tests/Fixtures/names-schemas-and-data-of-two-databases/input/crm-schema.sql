CREATE TABLE `t` (`id` int(3) unsigned zerofill, `b` text);
