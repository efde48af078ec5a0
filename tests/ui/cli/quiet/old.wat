(component (@custom "compose:plan" "{}"))
