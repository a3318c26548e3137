/* {"family": "workers"} */
new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule('/parts/worker-module.js');
