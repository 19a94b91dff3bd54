INSERT INTO `shop`.`t` VALUES (10,'10'),(0x10,b'10');
