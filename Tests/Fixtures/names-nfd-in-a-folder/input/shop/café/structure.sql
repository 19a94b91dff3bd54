CREATE TABLE `café` (`id` varchar(3));
