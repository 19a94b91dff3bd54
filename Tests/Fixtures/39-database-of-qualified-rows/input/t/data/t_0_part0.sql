INSERT IGNORE INTO `shop`.`t` (`id`,`f`) VALUES (007,'0A');
