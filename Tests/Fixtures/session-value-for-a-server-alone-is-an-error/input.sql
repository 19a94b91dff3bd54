CREATE TABLE `k` (`a` int) ENGINE=InnoDB;
SET @m = my_modes();
SET sql_mode = @m;
INSERT INTO `k` VALUES (1);
