CREATE TABLE more (
    a int
);
