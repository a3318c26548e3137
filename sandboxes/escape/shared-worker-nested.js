/* {"family": "workers"} */
new SharedWorker(`data:text/javascript,new Worker(URL.createObjectURL(new Blob(['fetch("https://out.example/nested", { mode: "no-cors" })'])))`);
