/* {"family": "devices"} */
navigator.mediaDevices.getUserMedia({ audio: true, video: true });
