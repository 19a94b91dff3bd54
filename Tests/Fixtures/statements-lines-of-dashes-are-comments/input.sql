---------------------------
-- `k`
---------------------------
CREATE TABLE `k` (`a` int);
  --no space behind it
INSERT INTO `k` VALUES (1);--nor here
