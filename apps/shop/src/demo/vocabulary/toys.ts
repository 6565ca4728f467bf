import { type Department, kind, type Voice } from './words.ts'

const softToys: Voice = {
  closings: [
    ['The filling is wool and cotton.', '속은 양털과 면입니다.'],
    ['Safe from the first day.', '태어난 날부터 안전합니다.'],
    ['We mend well-loved ones.', '많이 사랑받은 인형은 고쳐 드립니다.'],
  ],
  praise: [
    ['It has not left my son’s side since Tuesday.', '화요일부터 아들 곁을 떠나지 않아요.'],
    ['Softer than any other we have.', '집에 있는 것 중에 제일 부드러워요.'],
    ['The face is so kind.', '표정이 참 다정해요.'],
  ],
  praiseAfterLongUse: [['Washed twice and still handsome.', '두 번 빨았는데도 여전히 의젓합니다.']],
  complaints: [
    ['One ear sits lower than the other.', '귀 하나가 조금 처졌습니다.'],
    ['Smaller than I thought.', '생각보다 작아요.'],
    ['It shed a little at first.', '처음에는 털이 조금 빠졌습니다.'],
  ],
}

const kites: Voice = {
  closings: [
    ['Fly it away from trees and wires.', '나무와 전선이 없는 곳에서 날리세요.'],
    ['A spare line is in the sleeve.', '여분의 줄이 주머니에 들어 있습니다.'],
    ['Good from about six years on, and for anyone older.', '여섯 살부터 누구나 즐길 수 있습니다.'],
  ],
  praise: [
    ['Up in the air at the first try.', '한 번에 날아올랐어요.'],
    ['Steady even in strong gusts.', '바람이 거세도 안정적입니다.'],
    ['Best afternoon at the beach in years.', '몇 년 만에 가장 즐거운 바닷가 오후였어요.'],
    ['The colours are wonderful against the sky.', '하늘에 뜨면 색이 정말 예쁩니다.'],
  ],
  complaints: [
    ['The line tangled on the second day.', '둘째 날에 줄이 엉켰습니다.'],
    ['It needs more wind than stated.', '설명보다 바람이 더 필요해요.'],
    ['One rod snapped in a crash.', '떨어지면서 살 하나가 부러졌습니다.'],
  ],
}

export const toys: Department = {
  slug: 'toys',
  name: ['Toys', '장난감'],
  brands: [
    ['Wooden Fox', '우든폭스'],
    ['Norang', '노랑'],
    ['Little Harbour', '리틀하버'],
    ['Piccolino', '피콜리노'],
    ['Dotori', '도토리'],
    ['Bumble & Bark', '범블앤바크'],
    ['Kinderwald', '킨더발트'],
    ['Merry Go', '메리고'],
  ],
  tags: [
    ['From 1 year', '1세부터'],
    ['From 3 years', '3세부터'],
    ['Wooden', '나무 장난감'],
  ],
  closings: [
    ['All paints are water-based and safe to chew.', '모든 도료는 수성이며 입에 넣어도 안전합니다.'],
    ['Lost a piece? We send single ones.', '조각을 잃어버리면 하나씩 보내 드립니다.'],
    ['Made to be handed down.', '물려주고 싶은 장난감입니다.'],
  ],
  praise: [
    ['Solid, smooth and lovely to look at.', '단단하고 매끈하고 보기에도 예뻐요.'],
    ['Grandparents approve as well.', '할머니 할아버지도 좋아하십니다.'],
    ['No batteries, no noise, no end of ideas.', '건전지도 소음도 없는데 놀이는 끝이 없습니다.'],
    ['It survived a fall down the stairs.', '계단에서 굴러도 멀쩡합니다.'],
  ],
  praiseAfterLongUse: [['My daughter has played with it every day for a month.', '딸이 한 달째 매일 가지고 놀아요.']],
  complaints: [
    ['The paint chipped at one edge.', '모서리 칠이 벗겨졌습니다.'],
    ['A little small for two children.', '둘이 놀기에는 조금 작아요.'],
    ['The bag is too small for all pieces.', '주머니가 작아서 다 들어가지 않습니다.'],
    ['One wheel turns less smoothly than the others.', '바퀴 하나가 덜 부드럽게 굴러요.'],
  ],
  families: [
    {
      picture: 'blocks',
      finish: 'colour',
      sizes: [
        ['24 pieces', '24조각'],
        ['36 pieces', '36조각'],
        ['60 pieces', '60조각'],
      ],
      materials: [
        ['solid beech', '너도밤나무'],
        ['solid maple', '단풍나무'],
        ['lime wood', '피나무'],
      ],
      openings: [
        [
          '{noun} in {material} that stack with a satisfying click.',
          '딸깍 쌓는 소리가 기분 좋은 {material} {noun}입니다.',
        ],
        [
          'A first lesson in balance, and still fun years later: {noun} in {material}.',
          '처음 만나는 균형 놀이이자 오래도록 재미있는 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The edges are rounded for small hands.', '작은 손을 위해 모서리를 둥글렸습니다.'],
        ['The sizes are cut to a grid, so bridges meet.', '크기가 규격에 맞아 다리가 꼭 이어집니다.'],
        ['The colours come from plant dyes.', '색은 식물 염료로 냈습니다.'],
      ],
      kinds: [
        kind('Building Blocks', 'building blocks', '원목 블록', 19, 89, { shapes: [0, 1] }),
        kind('Castle Blocks', 'castle blocks', '성 쌓기 블록', 25, 99, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'stacker',
      finish: 'colour',
      materials: [
        ['solid beech', '너도밤나무'],
        ['lime wood', '피나무'],
        ['solid maple', '단풍나무'],
      ],
      openings: [
        ['{A noun} in {material} for hands that are learning.', '배우는 손을 위한 {material} {noun}입니다.'],
        [
          'Up, down and all over again: {a noun} that never gets old.',
          '쌓고 무너뜨리고 다시 쌓고, 질리지 않는 {noun}입니다.',
        ],
      ],
      features: [
        ['The base rocks gently and rights itself.', '받침이 흔들리다 스스로 바로 섭니다.'],
        ['Each ring has its own weight and tone.', '고리마다 무게와 소리가 다릅니다.'],
        ['The peg is safely rounded.', '기둥 끝이 둥글어 안전합니다.'],
      ],
      kinds: [
        kind('Stacking Rings', 'stacking ring set', '고리 쌓기', 12, 45, { shapes: [0, 1] }),
        kind('Rainbow Stackers', 'rainbow stacker', '무지개 쌓기', 19, 79, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'bear',
      voice: softToys,
      finish: 'colour',
      sizes: [
        ['22 cm', '22cm'],
        ['30 cm', '30cm'],
        ['45 cm', '45cm'],
      ],
      materials: [
        ['organic cotton', '유기농 면'],
        ['soft mohair', '모헤어'],
        ['recycled plush', '재생 플러시'],
      ],
      openings: [
        [
          '{A noun} in {material} with a serious face and soft ears.',
          '표정은 진지하고 귀는 보드라운 {material} {noun}입니다.',
        ],
        [
          'Made to be hugged, dropped and taken on journeys: {a noun} in {material}.',
          '안고 떨어뜨리고 여행에 데려가라고 만든 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The eyes are embroidered, so nothing comes off.', '눈을 수놓아 떨어질 것이 없습니다.'],
        ['It washes at 30 °C and dries in the sun.', '30도에서 빨아 햇볕에 말리면 됩니다.'],
        ['The arms and legs can be moved.', '팔다리를 움직일 수 있습니다.'],
      ],
      kinds: [
        kind('Teddy Bears', 'teddy bear', '곰 인형', 19, 79, { shapes: [0, 1] }),
        kind('Soft Rabbits', 'soft rabbit', '토끼 인형', 17, 69, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'car',
      finish: 'colour',
      materials: [
        ['solid beech', '너도밤나무'],
        ['solid maple', '단풍나무'],
        ['recycled wood', '재생 목재'],
      ],
      openings: [
        [
          '{A noun} in {material} that rolls a long way on a wooden floor.',
          '마루에서 멀리 굴러가는 {material} {noun}입니다.',
        ],
        [
          'Simple shapes leave room for the story: {a noun} in {material}.',
          '모양이 단순해 이야기가 들어갈 자리가 넉넉한 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The wheels run on steel axles.', '바퀴는 강철 축으로 돌아갑니다.'],
        ['It takes two wooden passengers.', '나무 인형 두 명이 탈 수 있습니다.'],
        ['It links up with the others of the series.', '같은 시리즈끼리 이어집니다.'],
      ],
      kinds: [
        kind('Wooden Cars', 'wooden car', '원목 자동차', 9, 39, { shapes: [0] }),
        kind('Wooden Trucks', 'wooden truck', '원목 트럭', 12, 49, { shapes: [1] }),
        kind('Wooden Trains', 'wooden train', '원목 기차', 15, 69, { shapes: [2] }),
        kind('Wooden Buses', 'wooden bus', '원목 버스', 12, 45, { shapes: [3] }),
      ],
    },
    {
      picture: 'kite',
      voice: kites,
      finish: 'colour',
      materials: [
        ['ripstop nylon', '립스톱 나일론'],
        ['painted paper and bamboo', '한지와 대나무'],
        ['recycled polyester', '재생 폴리에스터'],
      ],
      openings: [
        [
          '{A noun} in {material} that climbs in the lightest wind.',
          '약한 바람에도 날아오르는 {material} {noun}입니다.',
        ],
        [
          'Ready in a minute and steady in the air: {a noun} for beaches and hills.',
          '금방 조립되고 하늘에서 안정적인, 바닷가와 언덕을 위한 {noun}입니다.',
        ],
      ],
      features: [
        ['The line is fifty metres long, on a wooden reel.', '나무 얼레에 50m 줄이 감겨 있습니다.'],
        ['The tail keeps it calm in gusts.', '꼬리가 돌풍에도 중심을 잡아 줍니다.'],
        ['It folds into a tube the length of an arm.', '팔 길이의 통에 접어 넣습니다.'],
      ],
      kinds: [
        kind('Diamond Kites', 'diamond kite', '가오리연', 12, 49, { shapes: [0, 1] }),
        kind('Delta Kites', 'delta kite', '삼각연', 15, 59, { shapes: [2, 3] }),
      ],
    },
  ],
}
