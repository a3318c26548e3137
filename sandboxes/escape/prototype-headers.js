/* {"family": "runtime"} */
Object.prototype.mode = 'no-cors'; Object.prototype.method = 'POST'; fetch('https://out.example/options', {});
