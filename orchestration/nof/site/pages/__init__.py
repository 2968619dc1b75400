"""The pages of the site: one module for each kind; `make(released)` of each gives its files one by one."""
