/* {"family": "bombs", "bomb": true, "watch": 3000} */
for (;;) alert('x');
