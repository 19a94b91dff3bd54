CREATE TABLE `a` (`id` int(3) unsigned zerofill, `f` bit(8));
