/* {"family": "bombs", "bomb": true, "watch": 4000} */
setInterval(() => { for (let i = 0; i < 5000; i++) console.log('x'.repeat(1000)); }, 1);
