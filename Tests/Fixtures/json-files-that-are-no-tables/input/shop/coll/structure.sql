CREATE TABLE `coll` (`a` int);
