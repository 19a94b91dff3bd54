SET client_encoding = 'UTF8';
CREATE SCHEMA Sales;
CREATE DOMAIN Sales.Amount AS Numeric;
CREATE TABLE Sales.Regions (Id integer, "Name" text, ÄB Sales.AMOUNT, "ID" integer, Price sales.AMOUNT);
COPY sales.regions (ID, "Name", Äb, "ID") FROM stdin;
1	x	1.10	7
\.
SET search_path = SALES;
INSERT INTO REGIONS ("Name", id, Price) VALUES ('y', '2', '2.50');
CREATE TABLE "Regions" (id integer);
INSERT INTO "Regions" (Id) VALUES ('3');
CREATE TABLE A_name_that_is_longer_than_the_sixty_three_bytes_of_a_name_üüü (n integer);
INSERT INTO a_name_that_is_longer_than_the_sixty_three_bytes_of_a_name_üüxy VALUES (4);
