CREATE TABLE `orders` (`id` bigint unsigned NOT NULL, `total` decimal(10,2), `name` varchar(20), `paid` tinyint(1),
 `doc` json, `raw` varbinary(8), `bits` bit(10), `at` datetime, `kind` enum('a','b'), `r` double);
