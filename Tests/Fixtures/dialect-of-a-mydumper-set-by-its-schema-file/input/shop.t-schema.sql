/*!40101 SET NAMES binary*/;
CREATE TABLE `t` (
  `id` int,
  `v` varchar(20)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
