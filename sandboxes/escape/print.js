/* {"family": "devices"} */
print();
