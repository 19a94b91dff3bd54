CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL,
  `paid` tinyint(1),
  `total` decimal(12,2),
  `at` datetime(3),
  `day` date,
  `flags` bit(4),
  `token` varbinary(8),
  `note` json
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
