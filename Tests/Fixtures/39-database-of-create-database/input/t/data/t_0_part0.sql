INSERT INTO `shop`.`t` VALUES (007,'0A');
