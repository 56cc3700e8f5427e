SELECT id FROM fund;
