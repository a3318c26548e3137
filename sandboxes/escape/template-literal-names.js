/* {"family": "runtime"} */
const rows = [{ name: '${new Image().src = "https://out.example/template"}' }]; for (const { name } of rows) document.body.append(new Function('return `' + name + '`')());
