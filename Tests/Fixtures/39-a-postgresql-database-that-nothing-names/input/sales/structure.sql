CREATE SCHEMA sales;
CREATE DOMAIN sales.amount AS numeric;
