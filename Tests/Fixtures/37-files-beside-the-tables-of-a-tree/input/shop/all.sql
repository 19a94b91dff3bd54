CREATE TABLE all_of_it (id int);
INSERT INTO all_of_it VALUES (1);
