/* {"family": "workers"} */
new Worker(URL.createObjectURL(new Blob(["importScripts('https://out.example/worker.js');"])));
