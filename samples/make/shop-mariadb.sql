CREATE DATABASE shop CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
USE shop;

CREATE TABLE customers (
  id             INT UNSIGNED NOT NULL,
  email          VARCHAR(120) NOT NULL COMMENT 'unique, lower case',
  name           VARCHAR(80) NOT NULL,
  nickname       VARCHAR(60) DEFAULT NULL,
  city           VARCHAR(40) CHARACTER SET gbk NOT NULL,
  country        CHAR(2) CHARACTER SET latin1 NOT NULL DEFAULT 'CN',
  birthday       DATE NOT NULL DEFAULT '0000-00-00',
  vip            TINYINT(1) NOT NULL DEFAULT 0,
  loyalty_points BIGINT UNSIGNED NOT NULL DEFAULT 0,
  balance        DECIMAL(12,2) DEFAULT NULL,
  language       ENUM('en','zh','fr, fr-CA','l''italiano','"quoted"') NOT NULL,
  interests      SET('books','music','home & garden','5" disks') NOT NULL,
  token          BINARY(16) DEFAULT NULL,
  created_at     TIMESTAMP NULL DEFAULT NULL,
  updated_at     DATETIME(6) NOT NULL,
  note           TEXT,
  PRIMARY KEY (id),
  UNIQUE KEY email (email)
);

CREATE TABLE products (
  sku            INT(8) UNSIGNED ZEROFILL NOT NULL,
  name           VARCHAR(120) NOT NULL,
  price          DECIMAL(10,2) NOT NULL,
  price_with_tax DECIMAL(10,2) GENERATED ALWAYS AS (price * 1.13) STORED,
  exact_mass     DECIMAL(65,30) DEFAULT NULL,
  stock          MEDIUMINT NOT NULL,
  rating         FLOAT DEFAULT NULL,
  popularity     DOUBLE DEFAULT NULL,
  on_sale        BIT(1) NOT NULL,
  flags          BIT(12) DEFAULT NULL,
  opening_hours  BIT(64) DEFAULT NULL,
  introduced     YEAR NOT NULL,
  attributes     JSON DEFAULT NULL,
  PRIMARY KEY (sku)
);

CREATE TABLE product_images (
  id        SMALLINT UNSIGNED NOT NULL,
  sku       INT UNSIGNED NOT NULL,
  file_name VARCHAR(80) NOT NULL,
  preview   TINYBLOB DEFAULT NULL,
  picture   MEDIUMBLOB NOT NULL,
  checksum  VARBINARY(32) NOT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE orders (
  id          BIGINT UNSIGNED NOT NULL,
  customer_id INT UNSIGNED NOT NULL,
  status      ENUM('new','paid','sent','returned') NOT NULL,
  placed_at   DATETIME NOT NULL,
  paid_at     DATETIME DEFAULT NULL,
  took        TIME(3) DEFAULT NULL,
  total       DECIMAL(12,2) NOT NULL,
  remark      VARCHAR(200) DEFAULT NULL,
  PRIMARY KEY (id),
  KEY customer (customer_id),
  CONSTRAINT who FOREIGN KEY (customer_id) REFERENCES customers (id)
);

CREATE TABLE order_lines (
  order_id BIGINT UNSIGNED NOT NULL,
  line     TINYINT UNSIGNED NOT NULL,
  sku      INT(8) UNSIGNED ZEROFILL NOT NULL,
  quantity SMALLINT NOT NULL,
  price    DECIMAL(10,2) NOT NULL,
  PRIMARY KEY (order_id, line)
);

CREATE TABLE events (
  id      BIGINT NOT NULL,
  at      TIMESTAMP(6) NOT NULL DEFAULT '2026-01-01 00:00:00',
  kind    VARCHAR(20) NOT NULL,
  payload JSON DEFAULT NULL,
  PRIMARY KEY (id)
);

CREATE TABLE coupons (
  code  VARCHAR(20) NOT NULL,
  worth DECIMAL(6,2) NOT NULL,
  PRIMARY KEY (code)
) COMMENT='a table without rows';
