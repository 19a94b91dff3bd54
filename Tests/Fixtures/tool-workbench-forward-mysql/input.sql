-- MySQL Workbench Forward Engineering

SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0;
SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0;
SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='ONLY_FULL_GROUP_BY,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION';

-- -----------------------------------------------------
-- Schema shop
-- -----------------------------------------------------

-- -----------------------------------------------------
-- Schema shop
-- -----------------------------------------------------
CREATE SCHEMA IF NOT EXISTS `shop` DEFAULT CHARACTER SET utf8mb4 ;
USE `shop` ;

-- -----------------------------------------------------
-- Table `shop`.`items`
-- -----------------------------------------------------
CREATE TABLE IF NOT EXISTS `shop`.`items` (
  `id` INT NOT NULL AUTO_INCREMENT,
  `name` VARCHAR(60) NULL COMMENT 'it\'s; a \"name\"',
  `price` DECIMAL(10,2) NULL DEFAULT 0.00,
  `flags` BIT(4) NULL,
  `data` BLOB NULL,
  `at` DATETIME NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `name_UNIQUE` (`name` ASC) )
ENGINE = InnoDB
DEFAULT CHARACTER SET = utf8mb4;

USE `shop`;

DELIMITER $$
USE `shop`$$
CREATE TRIGGER `shop`.`items_BEFORE_UPDATE` BEFORE UPDATE ON `items` FOR EACH ROW
BEGIN
  SET NEW.name = 'INSERT INTO `items` VALUES (100);';
END$$


DELIMITER ;

SET SQL_MODE=@OLD_SQL_MODE;
SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS;
SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS;

-- -----------------------------------------------------
-- Data for table `shop`.`items`
-- -----------------------------------------------------
START TRANSACTION;
USE `shop`;
INSERT INTO `shop`.`items` (`id`, `name`, `price`, `flags`, `data`, `at`) VALUES (1, 'it\'s "here" in C:\\new', 1.10, b'0101', 0x00FF275C, '2026-01-01 00:00:00');
INSERT INTO `shop`.`items` (`id`, `name`, `price`, `flags`, `data`, `at`) VALUES (2, NULL, NULL, NULL, NULL, NULL);

COMMIT;

