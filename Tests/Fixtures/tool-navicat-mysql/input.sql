/*
 Navicat Premium Data Transfer

 Source Server         : local
 Source Server Type    : MySQL
 Source Server Version : 80036 (8.0.36)
 Source Host           : localhost:3306
 Source Schema         : shop

 Target Server Type    : MySQL
 Target Server Version : 80036 (8.0.36)
 File Encoding         : 65001

 Date: 01/01/2026 00:00:00
*/

SET NAMES utf8mb4;
SET FOREIGN_KEY_CHECKS = 0;

-- ----------------------------
-- Table structure for items
-- ----------------------------
DROP TABLE IF EXISTS `items`;
CREATE TABLE `items`  (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(60) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL DEFAULT NULL COMMENT 'it\'s; a \"name\"',
  `price` decimal(10, 2) NULL DEFAULT 0.00,
  `flags` bit(4) NULL DEFAULT NULL,
  `data` blob NULL,
  `at` datetime NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`) USING BTREE,
  INDEX `by_name`(`name` ASC) USING BTREE,
  UNIQUE INDEX `by_price`(`price`, `name`(10)) USING BTREE COMMENT 'x;'
) ENGINE = InnoDB AUTO_INCREMENT = 4 CHARACTER SET = utf8mb4 COLLATE = utf8mb4_bin COMMENT = 'a; b' ROW_FORMAT = Dynamic;

-- ----------------------------
-- Records of items
-- ----------------------------
BEGIN;
INSERT INTO `items` VALUES (1, 'it\'s \"here\" in C:\\new', 1.10, b'0101', 0x00FF275C, '2026-01-01 00:00:00');
INSERT INTO `items` VALUES (2, 'two\r\nlines; 中 😀', -0.50, NULL, NULL, NULL);
INSERT INTO `items` (`id`, `name`, `price`, `flags`, `data`, `at`) VALUES (3, NULL, NULL, b'0000', '', '0000-00-00 00:00:00');
COMMIT;

-- ----------------------------
-- View structure for cheap
-- ----------------------------
DROP VIEW IF EXISTS `cheap`;
CREATE ALGORITHM = UNDEFINED SQL SECURITY DEFINER VIEW `cheap` AS select `items`.`id` AS `id` from `items` where (`items`.`price` < 1);

-- ----------------------------
-- Procedure structure for refill
-- ----------------------------
DROP PROCEDURE IF EXISTS `refill`;
delimiter ;;
CREATE PROCEDURE `refill`()
BEGIN
  INSERT INTO `items` (`id`) VALUES (100);
END
;;
delimiter ;

SET FOREIGN_KEY_CHECKS = 1;
