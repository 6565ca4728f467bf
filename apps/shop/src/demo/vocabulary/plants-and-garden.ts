import { type Department, kind, type Voice } from './words.ts'

const gear: Voice = {
  closings: [
    ['It may stay out all winter.', '겨울 내내 밖에 두어도 됩니다.'],
    ['Packed without plastic.', '플라스틱 없이 포장합니다.'],
    ['Made by a small family workshop.', '작은 가족 공방에서 만듭니다.'],
    ['A good present for someone with a new balcony.', '새 베란다가 생긴 사람에게 좋은 선물입니다.'],
  ],
  praise: [
    ['Feels like something that will last for decades.', '수십 년은 쓸 것 같아요.'],
    ['My plants look twice as good next to it.', '옆에 두니 식물까지 두 배로 예뻐 보입니다.'],
    ['Well balanced and a joy to use.', '균형이 잘 맞아 쓰는 재미가 있어요.'],
    ['Carefully packed, not a scratch.', '포장이 꼼꼼해 흠집 하나 없었습니다.'],
    ['The colour is lovely in the morning light.', '아침 햇살에 색이 참 예쁩니다.'],
  ],
  complaints: [
    ['Smaller than the picture suggests.', '사진보다 작아요.'],
    ['A chip on the rim.', '가장자리에 이가 빠졌습니다.'],
    ['The paint rubbed off in one place.', '한 곳의 칠이 벗겨졌어요.'],
  ],
}

export const plantsAndGarden: Department = {
  slug: 'plants-and-garden',
  name: ['Plants & Garden', '식물과 정원'],
  brands: [
    ['Greenhouse 12', '그린하우스12'],
    ['Pulip', '풀잎'],
    ['Fernweh', '페른베'],
    ['Clay & Clover', '클레이앤클로버'],
    ['Sanduk', '산둑'],
    ['Potting Shed', '포팅셰드'],
    ['Mossbank', '모스뱅크'],
    ['Ieum Garden', '이음가든'],
  ],
  tags: [
    ['Pet friendly', '반려동물 안심'],
    ['Low light', '반음지'],
    ['Frost proof', '내한성'],
  ],
  closings: [
    ['It travels in a padded box and is watered the day before.', '출발 전날 물을 주고 완충 상자에 담아 보냅니다.'],
    ['A card tells you where to put it and what it needs.', '둘 자리와 돌보는 법을 적은 카드가 함께 갑니다.'],
    ['If it arrives unwell, we send another.', '상한 채 도착하면 다시 보내 드립니다.'],
    ['At home indoors and, from May, outdoors.', '실내에서도, 5월부터는 바깥에서도 잘 지냅니다.'],
  ],
  praise: [
    ['Arrived healthy, with two new shoots already.', '건강하게 도착했고 벌써 새순이 두 개 났어요.'],
    ['It changed the whole corner of the room.', '방 한쪽이 완전히 달라졌어요.'],
    ['Carefully packed, not a leaf was bent.', '포장이 꼼꼼해 잎 하나 꺾이지 않았습니다.'],
  ],
  praiseAfterLongUse: [['Even I have not managed to kill it.', '저도 아직 죽이지 않았습니다.']],
  complaints: [
    ['One leaf was yellow on arrival.', '도착했을 때 잎 하나가 노랗게 변해 있었습니다.'],
    ['Smaller than the picture suggests.', '사진보다 작아요.'],
    ['The soil had spilled in the box.', '상자 안에 흙이 쏟아져 있었어요.'],
  ],
  families: [
    {
      picture: 'plant',
      finish: 'colour',
      title: ['{model} in {a finish} Pot, {size}', '{model} {finish} 화분 {size}'],
      sizes: [
        ['30 cm', '30cm'],
        ['50 cm', '50cm'],
        ['80 cm', '80cm'],
        ['120 cm', '120cm'],
      ],
      materials: [
        ['terracotta', '테라코타'],
        ['glazed stoneware', '유약 도기'],
        ['recycled plastic', '재생 플라스틱'],
      ],
      openings: [
        [
          'A well-rooted {model}, potted by {brand} in {material}.',
          '뿌리가 튼튼한 {model:을/를} {brand}에서 {material} 화분에 심었습니다.',
        ],
        [
          '{model} brings calm to a bright room and asks for little.',
          '{model:은/는} 밝은 방에 차분함을 더하고 손이 많이 가지 않습니다.',
        ],
      ],
      features: [
        ['Water it when the top of the soil is dry.', '겉흙이 마르면 물을 주세요.'],
        ['It likes bright light without direct sun.', '직사광선을 피한 밝은 곳을 좋아합니다.'],
        ['Turn it a little each week and it grows evenly.', '매주 조금씩 돌려 주면 고르게 자랍니다.'],
        ['It is grown in peat-free soil.', '이탄을 쓰지 않은 흙에서 키웠습니다.'],
      ],
      kinds: [
        kind('Foliage Plants', 'foliage plant', '관엽식물', 12, 89, {
          shapes: [0],
          models: [
            ['Monstera', '몬스테라'],
            ['Rubber Plant', '고무나무'],
            ['Philodendron', '필로덴드론'],
            ['Alocasia', '알로카시아'],
            ['Peace Lily', '스파티필룸'],
            ['Bird of Paradise', '극락조화'],
            ['Chinese Evergreen', '아글라오네마'],
          ],
        }),
        kind('Snake Plants', 'snake plant', '산세베리아', 12, 69, {
          shapes: [1],
          models: [
            ['Snake Plant', '산세베리아'],
            ['Moonshine Snake Plant', '문샤인 산세베리아'],
            ['Cast-Iron Plant', '엽란'],
            ['Dracaena', '드라세나'],
          ],
        }),
        kind('Indoor Trees', 'indoor tree', '실내 나무', 29, 189, {
          shapes: [2],
          models: [
            ['Olive Tree', '올리브나무'],
            ['Fiddle-Leaf Fig', '떡갈잎고무나무'],
            ['Weeping Fig', '벤자민고무나무'],
            ['Money Tree', '파키라'],
            ['Lemon Tree', '레몬나무'],
          ],
        }),
        kind('Ferns & Trailing Plants', 'fern', '고사리와 덩굴식물', 9, 59, {
          shapes: [3],
          models: [
            ['Boston Fern', '보스턴고사리'],
            ['Golden Pothos', '스킨답서스'],
            ['English Ivy', '아이비'],
            ['String of Hearts', '러브체인'],
            ['Maidenhair Fern', '아디안텀'],
          ],
        }),
      ],
    },
    {
      picture: 'cactus',
      finish: 'colour',
      title: ['{model} in {a finish} Pot, {size}', '{model} {finish} 화분 {size}'],
      sizes: [
        ['Small', '소형'],
        ['Medium', '중형'],
        ['Large', '대형'],
      ],
      materials: [
        ['terracotta', '테라코타'],
        ['concrete', '콘크리트'],
        ['glazed stoneware', '유약 도기'],
      ],
      openings: [
        ['A sturdy {model} from {brand}, in {material}.', '{material} 화분에 담은 {brand}의 튼튼한 {model}입니다.'],
        ['{model} lives on sunshine and neglect.', '{model:은/는} 햇빛과 무관심만 있으면 됩니다.'],
      ],
      features: [
        ['Water it every second week, and less in winter.', '2주에 한 번, 겨울에는 더 드물게 물을 주세요.'],
        ['The brightest windowsill is the best one.', '가장 밝은 창가가 가장 좋은 자리입니다.'],
        ['With luck it flowers in its third year.', '운이 좋으면 3년째에 꽃이 핍니다.'],
      ],
      kinds: [
        kind('Cacti', 'cactus', '선인장', 7, 49, {
          shapes: [0, 1],
          models: [
            ['Golden Barrel Cactus', '금호선인장'],
            ['Column Cactus', '기둥선인장'],
            ['Bunny Ear Cactus', '백도선인장'],
            ['Old Man Cactus', '노인선인장'],
          ],
        }),
        kind('Succulents', 'succulent', '다육식물', 5, 35, {
          shapes: [2, 3],
          models: [
            ['Echeveria', '에케베리아'],
            ['Aloe Vera', '알로에'],
            ['Haworthia', '하월시아'],
            ['Jade Plant', '염좌'],
            ['Sedum', '세덤'],
          ],
        }),
      ],
    },
    {
      picture: 'planter',
      voice: gear,
      finish: 'colour',
      materials: [
        ['terracotta', '테라코타'],
        ['fibre concrete', '섬유 콘크리트'],
        ['glazed stoneware', '유약 도기'],
      ],
      sizes: [
        ['Ø 14 cm', '지름 14cm'],
        ['Ø 20 cm', '지름 20cm'],
        ['Ø 30 cm', '지름 30cm'],
      ],
      openings: [
        ['{A noun} in {material} that lets roots breathe.', '뿌리가 숨 쉬는 {material} {noun}입니다.'],
        [
          'Plain lines leave the stage to the plant: {a noun} in {material}.',
          '식물이 주인공이 되도록 선을 덜어 낸 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['The saucer catches what is too much.', '받침이 남는 물을 받아 줍니다.'],
        ['A hole in the base can be closed with the cork.', '바닥의 물구멍은 코르크로 막을 수 있습니다.'],
        ['It weathers beautifully outdoors.', '바깥에 두면 멋있게 나이 듭니다.'],
      ],
      kinds: [
        kind('Plant Pots', 'plant pot', '화분', 8, 69, { shapes: [0, 1] }),
        kind('Hanging Planters', 'hanging planter', '행잉 화분', 12, 59, { shapes: [2] }),
        kind('Plant Stands', 'plant stand', '화분 스탠드', 25, 119, { shapes: [3] }),
      ],
    },
    {
      picture: 'watering-can',
      voice: gear,
      finish: 'colour',
      sizes: [
        ['1 L', '1L'],
        ['1.5 L', '1.5L'],
        ['5 L', '5L'],
      ],
      materials: [
        ['galvanised steel', '아연 도금 강판'],
        ['powder-coated steel', '분체 도장 스틸'],
        ['recycled plastic', '재생 플라스틱'],
      ],
      openings: [
        [
          '{A noun} in {material} with a spout that reaches the back row.',
          '뒷줄까지 닿는 긴 주둥이의 {material} {noun}입니다.',
        ],
        [
          'Handsome enough to leave out, this {noun} means the plants get watered.',
          '꺼내 두어도 예뻐서 물 주기를 잊지 않게 되는 {noun}입니다.',
        ],
      ],
      features: [
        ['It pours without dripping on the sill.', '창턱에 흘리지 않고 따라집니다.'],
        ['The handle balances when full and when empty.', '가득 차도 비어도 균형이 맞습니다.'],
        ['The rose comes off for cleaning.', '물뿌리개 꼭지를 빼서 씻을 수 있습니다.'],
      ],
      kinds: [
        kind('Watering Cans', 'watering can', '물뿌리개', 15, 79, { shapes: [0, 1] }),
        kind('Indoor Watering Cans', 'indoor watering can', '실내 물조리개', 12, 59, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'trowel',
      voice: gear,
      finish: 'colour',
      materials: [
        ['forged steel and ash', '단조 강철과 물푸레나무'],
        ['stainless steel and beech', '스테인리스와 너도밤나무'],
      ],
      openings: [
        [
          '{A noun} in {material}, heavy where it digs and light where you hold it.',
          '파는 쪽은 묵직하고 쥐는 쪽은 가벼운 {material} {noun}입니다.',
        ],
        [
          'Made the way your grandparents’ tools were, this {noun} is for keeps.',
          '할아버지 할머니의 연장처럼 만들어 오래 두고 쓰는 {noun}입니다.',
        ],
      ],
      features: [
        ['The edge cuts through roots.', '날이 뿌리를 끊을 만큼 서 있습니다.'],
        ['The handle is oiled and warm in cold weather.', '손잡이에 기름을 먹여 추운 날에도 차갑지 않습니다.'],
        ['A leather loop hangs it on a nail.', '가죽 고리로 못에 걸 수 있습니다.'],
      ],
      kinds: [
        kind('Garden Hand Tools', 'hand trowel', '모종삽', 12, 49, { shapes: [0, 1] }),
        kind('Garden Tool Sets', 'garden tool set', '원예 도구 세트', 25, 99, { shapes: [2, 3] }),
      ],
    },
  ],
}
