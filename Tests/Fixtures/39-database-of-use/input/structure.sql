USE `shop`;
