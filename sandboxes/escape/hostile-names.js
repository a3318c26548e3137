/* {"family": "runtime"} */
for (const name of ['"><img src=https://out.example/a>', '${fetch(`https://out.example/b`)}', '</script><img src=https://out.example/c>']) document.body.insertAdjacentHTML('beforeend', `<p title="${name}">${name}</p>`);
