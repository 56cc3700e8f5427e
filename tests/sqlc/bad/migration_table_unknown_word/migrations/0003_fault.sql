CREATE TABLE more (
    name string
);
