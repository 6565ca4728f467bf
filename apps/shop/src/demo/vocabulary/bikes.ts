import { type Department, kind, type Voice } from './words.ts'

const helmets: Voice = {
  closings: [
    ['Replace it after any fall.', '한 번 충격을 받으면 새것으로 바꾸세요.'],
    ['It meets the European and the Korean standard.', '유럽과 한국의 안전 기준을 통과했습니다.'],
    ['Visors and pads are sold as spares.', '챙과 패드를 따로 살 수 있습니다.'],
  ],
  praise: [
    ['The dial makes a perfect fit.', '다이얼로 딱 맞게 조절됩니다.'],
    ['Looks good without shouting.', '요란하지 않고 멋집니다.'],
  ],
  praiseAfterLongUse: [
    ['I finally wear one every day.', '드디어 매일 쓰게 됐어요.'],
    ['Light and airy, even in August.', '8월에도 가볍고 시원합니다.'],
  ],
  complaints: [
    ['Runs small around the temples.', '관자놀이 쪽이 조금 조입니다.'],
    ['The straps twist a little.', '끈이 조금 꼬여요.'],
    ['The finish is glossier than pictured.', '사진보다 광택이 강합니다.'],
  ],
}

const accessories: Voice = {
  closings: [
    ['It mounts in a minute without tools.', '도구 없이 금방 달 수 있습니다.'],
    ['Tested through a winter of commuting.', '겨울 내내 출퇴근하며 시험했습니다.'],
    ['A small thing that makes each ride nicer.', '작지만 탈 때마다 기분이 좋아집니다.'],
  ],
  praise: [
    ['Easy to fit and it stays put.', '달기 쉽고 흔들리지 않습니다.'],
    ['Small thing, big pleasure.', '작은 물건인데 즐거움은 큽니다.'],
    ['Goes perfectly with my old bike.', '오래된 제 자전거와 잘 어울려요.'],
  ],
  praiseAfterLongUse: [['Still like new after a rainy winter.', '비 많은 겨울을 나고도 새것 같아요.']],
  complaints: [
    ['The screw is of a size nobody owns a key for.', '나사 규격이 특이해서 공구가 없었어요.'],
    ['It turned on the bar until I added tape.', '테이프를 감기 전까지는 핸들에서 돌아갔습니다.'],
    ['A little smaller than expected.', '예상보다 조금 작습니다.'],
  ],
}

export const bikes: Department = {
  slug: 'bikes',
  name: ['Bikes', '자전거'],
  brands: [
    ['Velovia', '벨로비아'],
    ['Dallim', '달림'],
    ['Spoke & Pedal', '스포크앤페달'],
    ['Corsa Nova', '코르사노바'],
    ['Towpath', '토패스'],
    ['Hangang Cycles', '한강사이클'],
    ['Kettering', '케터링'],
    ['Luft', '루프트'],
  ],
  tags: [
    ['Commuting', '출퇴근'],
    ['Step-through', '로스텝'],
    ['Safety', '안전'],
  ],
  closings: [
    ['It arrives almost assembled; turn the bar and ride.', '거의 조립된 상태로 도착하니 핸들만 돌려 타세요.'],
    ['The first service is free at our partners.', '첫 점검은 제휴 매장에서 무료입니다.'],
    ['Standard parts throughout, so any shop can mend it.', '표준 부품만 써서 어느 매장에서나 고칠 수 있습니다.'],
    ['Tested on the hills around our workshop.', '작업실 주변의 언덕에서 시험했습니다.'],
  ],
  praise: [
    ['My commute is the best part of the day now.', '출퇴근이 하루 중 제일 즐거워졌어요.'],
    ['Smooth, quiet and quick enough.', '부드럽고 조용하고 충분히 빠릅니다.'],
    ['Fits well and looks classic.', '잘 맞고 모양이 고전적이라 좋아요.'],
    ['Arrived well packed and nearly ready to ride.', '포장이 꼼꼼했고 바로 탈 수 있는 상태로 왔습니다.'],
  ],
  complaints: [
    ['The brakes needed adjusting out of the box.', '처음에 브레이크를 조정해야 했습니다.'],
    ['The saddle is hard on long rides.', '오래 타면 안장이 딱딱해요.'],
    ['The paint chips easily near the chain.', '체인 근처 칠이 쉽게 벗겨집니다.'],
  ],
  families: [
    {
      picture: 'bicycle',
      finish: 'colour',
      sizes: [
        ['S', 'S'],
        ['M', 'M'],
        ['L', 'L'],
      ],
      materials: [
        ['chromoly steel', '크로몰리 강'],
        ['light aluminium', '알루미늄'],
        ['lugged steel', '러그 강'],
      ],
      openings: [
        ['{A noun} in {material}, upright, quiet and quick.', '편하고 조용하고 빠른 {material} {noun}입니다.'],
        [
          'One look back as you lock it: this {noun} in {material} is that sort of bike.',
          '자물쇠를 채우고 한 번 더 돌아보게 되는 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The gears are sealed and need almost no care.', '기어가 밀폐되어 거의 손이 가지 않습니다.'],
        ['Wide tyres roll over cobbles and kerbs.', '넓은 타이어가 턱과 돌길을 부드럽게 넘습니다.'],
        ['Lights run from the hub, whatever the battery says.', '허브로 전기를 만들어 배터리 걱정 없이 불이 켜집니다.'],
      ],
      kinds: [
        kind('City Bikes', 'city bike', '시티 자전거', 349, 1290, { shapes: [0] }),
        kind('Road Bikes', 'road bike', '로드 자전거', 599, 2490, { shapes: [1] }),
        kind('Mini Velos', 'mini velo', '미니벨로', 299, 1190, { shapes: [2] }),
        kind('Single-Speed Bikes', 'single-speed bike', '싱글 기어 자전거', 329, 990, { shapes: [3] }),
      ],
    },
    {
      picture: 'helmet',
      voice: helmets,
      finish: 'colour',
      sizes: [
        ['S', 'S'],
        ['M', 'M'],
        ['L', 'L'],
      ],
      materials: [
        ['recycled foam', '재생 폼'],
        ['moulded polycarbonate', '폴리카보네이트'],
        ['cork and polycarbonate', '코르크와 폴리카보네이트'],
      ],
      openings: [
        ['{A noun} in {material} that you will not mind wearing.', '기꺼이 쓰고 싶어지는 {material} {noun}입니다.'],
        [
          'Light, airy and properly tested: {a noun} for every day.',
          '가볍고 시원하고 제대로 시험한, 매일 쓰는 {noun}입니다.',
        ],
      ],
      features: [
        ['A dial at the back fits it with one hand.', '뒤쪽 다이얼로 한 손으로 맞춥니다.'],
        ['The pads come out for washing.', '안쪽 패드를 빼서 빨 수 있습니다.'],
        ['The buckle is magnetic and easy with gloves.', '버클이 자석이라 장갑을 껴도 쉽습니다.'],
      ],
      kinds: [
        kind('Road Helmets', 'road helmet', '로드 헬멧', 39, 199, { shapes: [0, 1] }),
        kind('Urban Helmets', 'urban helmet', '어반 헬멧', 35, 149, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'bell',
      voice: accessories,
      finish: 'colour',
      materials: [
        ['polished brass', '황동'],
        ['anodised aluminium', '아노다이징 알루미늄'],
        ['painted steel', '도장 스틸'],
      ],
      openings: [
        ['{A noun} in {material} with a clear, friendly ring.', '맑고 다정한 소리가 나는 {material} {noun}입니다.'],
        [
          'Small, bright and polite: {a noun} that people turn to smile at.',
          '작고 또렷하고 예의 바른, 돌아보며 웃게 되는 {noun}입니다.',
        ],
      ],
      features: [
        ['It fits bars from 22 to 31.8 mm.', '지름 22mm부터 31.8mm까지 맞습니다.'],
        ['The spring hammer never rattles.', '스프링 망치가 덜그럭거리지 않습니다.'],
        ['It mounts in a minute with one key.', '렌치 하나로 금방 답니다.'],
      ],
      kinds: [kind('Bike Bells', 'bike bell', '자전거 벨', 8, 39)],
    },
    {
      picture: 'basket',
      voice: accessories,
      finish: 'wood',
      materials: [
        ['woven willow', '버드나무'],
        ['woven rattan', '라탄'],
        ['seagrass', '해초'],
      ],
      openings: [
        [
          '{A noun} in {material} for bread, books and small dogs.',
          '빵과 책과 작은 강아지를 위한 {material} {noun}입니다.',
        ],
        [
          'Woven by hand from {material}, this {noun} goes from the bike to the market.',
          '{material:을/를} 손으로 엮어 자전거에서 시장까지 들고 가는 {noun}입니다.',
        ],
      ],
      features: [
        ['Leather straps hold it to any bar.', '가죽끈으로 어느 핸들에나 답니다.'],
        ['It lifts off in a second.', '1초 만에 뗄 수 있습니다.'],
        ['The rim is bound twice.', '테두리를 두 번 감았습니다.'],
      ],
      kinds: [kind('Bike Baskets', 'bike basket', '자전거 바구니', 22, 89)],
    },
    {
      picture: 'bike-light',
      voice: accessories,
      finish: 'colour',
      materials: [
        ['anodised aluminium', '아노다이징 알루미늄'],
        ['soft silicone', '실리콘'],
        ['polished steel', '광택 스틸'],
      ],
      openings: [
        ['{A noun} in {material} that sees and is seen.', '잘 보고 잘 보이게 해 주는 {material} {noun}입니다.'],
        [
          'Bright without blinding anyone: {a noun} for dark roads.',
          '아무도 눈부시지 않게 밝은, 어두운 길을 위한 {noun}입니다.',
        ],
      ],
      features: [
        ['It clips on without tools.', '도구 없이 끼웁니다.'],
        ['It runs for twenty hours on low.', '약하게 켜면 20시간 갑니다.'],
        ['Rain does not worry it.', '비에도 걱정 없습니다.'],
      ],
      kinds: [kind('Bike Lights', 'bike light', '자전거 라이트', 15, 89)],
    },
  ],
}
