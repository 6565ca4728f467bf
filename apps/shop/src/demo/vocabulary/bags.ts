import { type Department, kind, type Voice } from './words.ts'

const luggage: Voice = {
  closings: [
    ['It weighs less than it looks.', '보기보다 가볍습니다.'],
    ['The lock opens with your own number.', '잠금장치는 원하는 번호로 맞춥니다.'],
    ['Wheels, handles and locks are sold as spares.', '바퀴와 손잡이, 자물쇠를 따로 살 수 있습니다.'],
  ],
  praise: [
    ['Rolls so quietly that I forget it is there.', '너무 조용히 굴러서 있는 줄도 모르겠어요.'],
    ['Fits everything for a week.', '일주일 치 짐이 다 들어갑니다.'],
    ['Easy to spot on the belt.', '수하물 벨트에서 한눈에 보여요.'],
  ],
  praiseAfterLongUse: [['Six flights and hardly a mark.', '비행기를 여섯 번 탔는데 흠집이 거의 없습니다.']],
  complaints: [
    ['The handle has a bit of play.', '손잡이가 조금 흔들립니다.'],
    ['A scratch after the first flight.', '첫 비행에서 흠집이 났어요.'],
    ['The lining feels thin.', '안감이 얇게 느껴집니다.'],
  ],
}

export const bags: Department = {
  slug: 'bags-and-luggage',
  name: ['Bags & Luggage', '가방'],
  brands: [
    ['Waymark', '웨이마크'],
    ['Kobold & Sons', '코볼드앤선즈'],
    ['Daldongne', '달동네'],
    ['Ostra', '오스트라'],
    ['Ferrymen', '페리멘'],
    ['Mooring', '무어링'],
    ['Gilson', '길손'],
    ['Plainweave', '플레인위브'],
  ],
  tags: [
    ['Water repellent', '생활 방수'],
    ['Fits a laptop', '노트북 수납'],
    ['Weekend trip', '주말여행'],
  ],
  closings: [
    ['Brush off the dirt and let it air; it needs no more care.', '먼지를 털고 바람에 말리면 그것으로 충분합니다.'],
    ['Zips and straps are repaired free of charge.', '지퍼와 끈은 무료로 고쳐 드립니다.'],
    ['It is sewn in a workshop of eleven people.', '열한 명이 일하는 작업실에서 바느질합니다.'],
    ['Empty, it folds flat.', '비우면 납작하게 접힙니다.'],
  ],
  praise: [
    ['Fits my laptop, lunch and a jumper with room to spare.', '노트북과 도시락과 스웨터를 넣어도 자리가 남아요.'],
    ['The straps do not dig in, even when full.', '가득 담아도 끈이 어깨를 파고들지 않아요.'],
    ['The stitching is flawless.', '바느질이 흠잡을 데 없습니다.'],
  ],
  praiseAfterLongUse: [
    ['Survived a rainy week without a drop inside.', '비 오는 일주일 동안 안이 하나도 젖지 않았습니다.'],
    ['Compliments from strangers twice already.', '벌써 모르는 사람에게 두 번 칭찬받았습니다.'],
  ],
  complaints: [
    ['I miss one more inside pocket.', '안주머니가 하나 더 있으면 좋겠어요.'],
    ['The zip catches now and then.', '지퍼가 가끔 걸립니다.'],
    ['Stiff at first.', '처음에는 뻣뻣합니다.'],
    ['It smells of dye for a few days.', '며칠은 염료 냄새가 납니다.'],
  ],
  families: [
    {
      picture: 'backpack',
      finish: 'colour',
      sizes: [
        ['16 L', '16L'],
        ['20 L', '20L'],
        ['26 L', '26L'],
      ],
      materials: [
        ['waxed canvas', '왁스 캔버스'],
        ['recycled nylon', '재생 나일론'],
        ['tightly woven cotton', '고밀도 면'],
      ],
      openings: [
        [
          '{A noun} in {material} that looks calm in town and works in the rain.',
          '도시에서는 단정하고 비 오는 날에는 든든한 {material} {noun}입니다.',
        ],
        [
          'Made of {material}, this {noun} carries a full day without complaint.',
          '{material:으로/로} 만든 {noun}, 하루치 짐을 거뜬히 담습니다.',
        ],
      ],
      features: [
        ['The laptop sleeve hangs clear of the ground.', '노트북 칸이 바닥에서 떠 있어 충격이 닿지 않습니다.'],
        ['The back panel is padded and lets the air through.', '등판이 푹신하고 바람이 통합니다.'],
        ['A hidden pocket keeps the passport against your back.', '등 쪽 숨은 주머니에 여권을 넣을 수 있습니다.'],
      ],
      kinds: [
        kind('Everyday Backpacks', 'backpack', '백팩', 39, 179, { shapes: [0] }),
        kind('Laptop Backpacks', 'laptop backpack', '노트북 백팩', 49, 199, { shapes: [1] }),
        kind('Hiking Daypacks', 'hiking daypack', '등산 배낭', 49, 219, { shapes: [2] }),
        kind('Roll-Top Backpacks', 'roll-top backpack', '롤톱 백팩', 59, 189, { shapes: [3] }),
      ],
    },
    {
      picture: 'tote',
      finish: 'colour',
      materials: [
        ['heavy canvas', '두꺼운 캔버스'],
        ['vegetable-tanned leather', '식물성 무두질 가죽'],
        ['washed cotton', '워싱 면'],
      ],
      openings: [
        [
          '{A noun} in {material} with handles long enough for the shoulder.',
          '어깨에 멜 수 있게 손잡이가 긴 {material} {noun}입니다.',
        ],
        [
          'One big room and one small pocket: {a noun} that keeps it simple.',
          '큰 칸 하나와 작은 주머니 하나, 단순해서 좋은 {noun}입니다.',
        ],
      ],
      features: [
        ['The bottom is doubled and stands on its own.', '바닥을 이중으로 대어 스스로 섭니다.'],
        ['It softens with the years and gets better for it.', '해가 갈수록 부드러워지고 멋이 듭니다.'],
        ['The handles are stitched in a cross and will not give.', '손잡이를 십자로 박아 쉽게 떨어지지 않습니다.'],
      ],
      kinds: [
        kind('Canvas Totes', 'canvas tote', '캔버스 토트백', 15, 79, {
          shapes: [0, 1],
          materials: [
            ['heavy cotton', '도톰한 면'],
            ['undyed cotton', '무염색 면'],
            ['recycled cotton', '재생 면'],
          ],
        }),
        kind('Leather Totes', 'leather tote', '가죽 토트백', 89, 349, {
          shapes: [2],
          materials: [
            ['vegetable-tanned leather', '식물성 무두질 가죽'],
            ['soft grained leather', '부드러운 소가죽'],
          ],
        }),
        kind('Market Bags', 'market bag', '장바구니', 9, 49, {
          shapes: [3],
          materials: [
            ['organic cotton', '유기농 면'],
            ['soft jute', '황마'],
            ['recycled yarn', '재생 실'],
          ],
        }),
      ],
    },
    {
      picture: 'suitcase',
      voice: luggage,
      finish: 'colour',
      materials: [
        ['recycled polycarbonate', '재생 폴리카보네이트'],
        ['ribbed aluminium', '골판 알루미늄'],
        ['layered polypropylene', '폴리프로필렌'],
      ],
      openings: [
        [
          '{A noun} in {material} that rolls quietly over cobbles.',
          '돌길에서도 조용히 구르는 {material} {noun}입니다.',
        ],
        [
          'Light when empty and strong when full, this {noun} is made for stations and stairs.',
          '비우면 가볍고 채우면 튼튼해, 역과 계단을 위해 만든 {noun}입니다.',
        ],
      ],
      features: [
        ['The four double wheels can be replaced at home.', '네 개의 이중 바퀴는 집에서 교체할 수 있습니다.'],
        ['The handle stops at three heights without rattling.', '손잡이가 세 높이에서 흔들림 없이 멈춥니다.'],
        ['Both halves close with a divider, so nothing falls out.', '양쪽에 칸막이가 있어 짐이 쏟아지지 않습니다.'],
      ],
      sizes: [
        ['36 L', '36L'],
        ['62 L', '62L'],
        ['90 L', '90L'],
      ],
      kinds: [
        kind('Cabin Suitcases', 'cabin suitcase', '기내용 캐리어', 89, 349, {
          shapes: [0, 1],
          sizes: [
            ['36 L', '36L'],
            ['40 L', '40L'],
          ],
        }),
        kind('Large Suitcases', 'large suitcase', '대형 캐리어', 129, 459, {
          shapes: [2, 3],
          sizes: [
            ['75 L', '75L'],
            ['95 L', '95L'],
          ],
        }),
      ],
    },
    {
      picture: 'satchel',
      finish: 'colour',
      materials: [
        ['vegetable-tanned leather', '식물성 무두질 가죽'],
        ['waxed canvas', '왁스 캔버스'],
        ['recycled nylon', '재생 나일론'],
      ],
      openings: [
        [
          '{A noun} in {material} for the things you want at hand.',
          '늘 손 닿는 곳에 둘 것을 담는 {material} {noun}입니다.',
        ],
        ['Slim against the hip, this {noun} opens with one hand.', '허리에 착 붙고 한 손으로 열리는 {noun}입니다.'],
      ],
      features: [
        ['The strap adjusts from shoulder to crossbody.', '끈을 조절해 어깨에도 몸에도 멜 수 있습니다.'],
        ['The flap closes with a quiet magnet.', '덮개가 자석으로 조용히 닫힙니다.'],
        ['There is a pocket for a phone on the outside.', '바깥쪽에 휴대전화 주머니가 있습니다.'],
      ],
      kinds: [
        kind('Crossbody Bags', 'crossbody bag', '크로스백', 29, 189, { shapes: [0, 1] }),
        kind('Messenger Bags', 'messenger bag', '메신저백', 45, 229, { shapes: [2, 3] }),
      ],
    },
  ],
}
