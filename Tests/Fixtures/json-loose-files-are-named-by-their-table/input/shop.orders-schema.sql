CREATE TABLE `orders` (`id` varchar(5));
