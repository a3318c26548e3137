/* {"family": "bombs", "bomb": true, "watch": 3000} */
for (;;);
