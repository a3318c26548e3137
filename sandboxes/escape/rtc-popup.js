/* {"family": "webrtc", "watch": 1800} */
const win = open('about:blank'); const peer = new win.RTCPeerConnection({ iceServers: [{ urls: 'stun:192.0.2.7:3478' }] }); peer.createDataChannel('x'); peer.createOffer().then((offer) => peer.setLocalDescription(offer));
