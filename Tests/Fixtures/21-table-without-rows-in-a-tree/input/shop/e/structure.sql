CREATE TABLE `e` (`a` int);
