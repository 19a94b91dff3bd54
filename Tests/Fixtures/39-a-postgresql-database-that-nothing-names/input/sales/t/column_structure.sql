CREATE TABLE sales.t (id integer, a sales.amount);
