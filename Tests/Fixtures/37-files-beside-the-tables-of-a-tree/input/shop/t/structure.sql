CREATE TABLE `t` (`id` int(3) unsigned zerofill, `f` bit(8));
