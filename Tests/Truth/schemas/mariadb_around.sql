-- Everything around the tables that is no data, with bodies that look like data.
CREATE DATABASE truth_around CHARACTER SET utf8mb4;
USE truth_around;

CREATE TABLE base (id INT PRIMARY KEY, t VARCHAR(200));
INSERT INTO base VALUES (1, 'one'), (2, 'it''s'), (3, NULL), (4, 'DELIMITER ;;'), (5, '/*!50003 CREATE */;'), (6, 'two\n-- Dump completed\nlines');
CREATE TABLE `log` (id INT AUTO_INCREMENT PRIMARY KEY, what TEXT);
INSERT INTO `log` VALUES (1, 'begin');
CREATE TABLE aaa_child (id INT PRIMARY KEY, base_id INT, CONSTRAINT f FOREIGN KEY (base_id) REFERENCES base (id));
INSERT INTO aaa_child VALUES (1, NULL), (2, 1); -- in the order of both of its keys
CREATE VIEW aaa_view AS SELECT id, t, 'INSERT INTO base VALUES (100, "x");' AS fake FROM base;
CREATE VIEW zzz_view AS SELECT COUNT(*) AS n FROM aaa_view;
CREATE SEQUENCE numbers START WITH 100 INCREMENT BY 10;
DO NEXTVAL(numbers);
CREATE TABLE history (id INT PRIMARY KEY, t TEXT) WITH SYSTEM VERSIONING;
INSERT INTO history VALUES (1, 'now');
DELIMITER $$
CREATE TRIGGER fake AFTER INSERT ON base FOR EACH ROW BEGIN
  INSERT INTO `log` (what) VALUES ('it''s; a "trigger"');
  -- INSERT INTO base VALUES (101, 'commented; out');
  /* INSERT INTO base VALUES (102, 'it''s */
  INSERT INTO `log` VALUES (NULL, CONCAT('INSERT INTO `base` VALUES (103);', NEW.t));
END $$
CREATE PROCEDURE refill(IN n INT) COMMENT 'INSERT INTO base VALUES (104);'
BEGIN
  DECLARE done INT DEFAULT 0;
  INSERT INTO `base` VALUES (105, 'from a procedure'), (106, 'and more');
  IF n > 0 THEN INSERT INTO `base` VALUES (107, 'DELIMITER ;'); END IF;
  SELECT 'CREATE TABLE base (id INT);';
END $$
CREATE FUNCTION half(n INT) RETURNS INT DETERMINISTIC RETURN n DIV 2; $$
CREATE EVENT later ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DISABLE COMMENT 'it''s' DO BEGIN
  INSERT INTO `base` VALUES (108, 'from an event');
END $$
DELIMITER ;
