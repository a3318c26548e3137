/* {"family": "bombs", "bomb": true, "watch": 5000} */
setInterval(() => { for (let i = 0; i < 100000; i++) document.body.append(document.createElement('p')); }, 10);
