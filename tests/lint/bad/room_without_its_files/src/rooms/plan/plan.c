int plan_x;
