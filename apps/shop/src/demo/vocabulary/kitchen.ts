import { type Department, kind } from './words.ts'

export const kitchen: Department = {
  slug: 'kitchen',
  name: ['Kitchen', '주방'],
  brands: [
    ['Norrvik', '노르비크'],
    ['Hearth & Hollow', '하스앤할로'],
    ['Sobok', '소복'],
    ['Kastell', '카스텔'],
    ['Madang', '마당'],
    ['Pale Oak', '페일오크'],
    ['Volta Cucina', '볼타쿠치나'],
    ['Dandelion Row', '댄딜라이언로'],
  ],
  tags: [
    ['Oven safe', '오븐 사용 가능'],
    ['Dishwasher safe', '식기세척기 가능'],
    ['Induction ready', '인덕션 가능'],
  ],
  closings: [
    ['Hand washing keeps the surface at its best for longer.', '손으로 설거지하면 표면이 더 오래 갑니다.'],
    ['It comes in a recycled box with a small care card.', '재생지 상자에 관리 카드와 함께 담아 보내 드립니다.'],
    ['We repair or replace it for ten years.', '10년 동안 수리하거나 교환해 드립니다.'],
    ['Simple enough for weekdays, handsome enough for guests.', '평일에는 편하고 손님이 올 때는 근사합니다.'],
  ],
  praise: [
    ['Heats evenly and cleans up in a minute.', '열이 고르게 퍼지고 설거지가 금방 끝나요.'],
    ['The weight feels right in the hand.', '손에 쥐었을 때 무게감이 딱 좋습니다.'],
    ['It looks even better on the table than in the pictures.', '식탁에 올려 두니 사진보다 더 예쁩니다.'],
    ['My mother asked where I bought it.', '어머니가 어디서 샀냐고 물어보셨어요.'],
  ],
  praiseAfterLongUse: [['I have cooked with it every day since it arrived.', '받은 날부터 매일 이것으로 요리합니다.']],
  complaints: [
    ['Heavier than I expected.', '생각보다 무겁습니다.'],
    ['The finish is a shade darker than in the picture.', '마감 색이 사진보다 조금 어둡습니다.'],
    ['It does not fit in my drawer.', '서랍에 들어가지 않아요.'],
  ],
  complaintsAfterLongUse: [['It picked up a scratch in the first week.', '일주일 만에 흠집이 생겼습니다.']],
  families: [
    {
      picture: 'pan',
      finish: 'colour',
      sizes: [
        ['20 cm', '20cm'],
        ['24 cm', '24cm'],
        ['28 cm', '28cm'],
      ],
      materials: [
        ['cast iron', '무쇠'],
        ['carbon steel', '탄소강'],
        ['forged aluminium', '단조 알루미늄'],
        ['three-ply steel', '삼중 스테인리스'],
      ],
      openings: [
        [
          '{A noun} in {material} that holds its heat when the food goes in.',
          '재료를 넣어도 온도가 떨어지지 않는 {material} {noun}입니다.',
        ],
        [
          'Made of {material}, this {noun} browns, sears and slides without fuss.',
          '{material:으로/로} 만든 {noun}, 굽고 지지고 볶는 일이 한결 수월합니다.',
        ],
      ],
      features: [
        [
          'The handle stays cool and is angled for a relaxed wrist.',
          '손잡이가 뜨거워지지 않고 손목이 편한 각도로 기울어 있습니다.',
        ],
        [
          'The thick base works on every hob, induction included.',
          '두툼한 바닥은 인덕션을 포함한 모든 열원에서 쓸 수 있습니다.',
        ],
        ['Pouring lips on both sides suit left and right hands alike.', '양쪽에 따르는 입이 있어 왼손잡이도 편합니다.'],
        ['It gets better with use as the surface builds up its own seasoning.', '쓸수록 표면이 길들어 더 좋아집니다.'],
      ],
      kinds: [
        kind('Frying Pans', 'frying pan', '프라이팬', 24, 129, { shapes: [0] }),
        kind('Sauté Pans', 'sauté pan', '소테 팬', 39, 159, { shapes: [1] }),
        kind('Grill Pans', 'grill pan', '그릴 팬', 29, 119, { shapes: [2] }),
        kind('Woks', 'wok', '웍', 32, 139, {
          shapes: [3],
          sizes: [
            ['28 cm', '28cm'],
            ['32 cm', '32cm'],
          ],
        }),
      ],
    },
    {
      picture: 'pot',
      finish: 'colour',
      sizes: [
        ['2 L', '2L'],
        ['3.5 L', '3.5L'],
        ['5 L', '5L'],
      ],
      materials: [
        ['enamelled cast iron', '법랑 무쇠'],
        ['stainless steel', '스테인리스'],
        ['enamelled steel', '법랑'],
      ],
      openings: [
        ['{A noun} for long, quiet simmering.', '오래 뭉근히 끓이기 좋은 {noun}입니다.'],
        [
          'This {noun} in {material} goes from the hob to the middle of the table.',
          '{material} {noun}, 불 위에서 그대로 식탁 가운데로 옮길 수 있습니다.',
        ],
      ],
      features: [
        [
          'The lid fits closely and returns the moisture to the pot.',
          '뚜껑이 꼭 맞아 수분을 다시 냄비 안으로 돌려보냅니다.',
        ],
        ['Wide loop handles leave room for thick oven gloves.', '손잡이가 넓어 두꺼운 장갑을 끼고도 잡기 쉽습니다.'],
        ['The pale inside lets you see how far the onions are.', '안쪽이 밝아 재료가 익어 가는 색을 살피기 좋습니다.'],
        ['It keeps soup warm for a second helping.', '두 번째 그릇까지 국물이 따뜻합니다.'],
      ],
      kinds: [
        kind('Dutch Ovens', 'Dutch oven', '더치 오븐', 59, 289, { shapes: [0] }),
        kind('Saucepans', 'saucepan', '편수 냄비', 24, 119, { shapes: [1] }),
        kind('Stock Pots', 'stock pot', '곰솥', 39, 169, {
          shapes: [2],
          sizes: [
            ['8 L', '8L'],
            ['11 L', '11L'],
          ],
        }),
        kind('Casseroles', 'casserole', '전골냄비', 45, 199, { shapes: [3] }),
      ],
    },
    {
      picture: 'knife',
      finish: 'colour',
      sizes: [
        ['16 cm', '16cm'],
        ['18 cm', '18cm'],
        ['21 cm', '21cm'],
      ],
      materials: [
        ['high-carbon steel', '고탄소강'],
        ['layered steel', '다마스쿠스강'],
        ['stainless steel', '스테인리스강'],
      ],
      openings: [
        [
          'A balanced {noun} in {material}, ground thin behind the edge.',
          '날 끝까지 얇게 연마한 {material} {noun}, 무게 중심이 잘 잡혀 있습니다.',
        ],
        [
          '{A noun} that makes short work of onions and feels calm in the hand.',
          '양파도 단숨에 썰리고 손에 편안하게 잡히는 {noun}입니다.',
        ],
      ],
      features: [
        ['The edge is honed by hand on water stones.', '숫돌로 하나하나 손으로 날을 세웁니다.'],
        ['A rounded spine is kind to the finger that rests on it.', '칼등을 둥글려 손가락이 닿아도 아프지 않습니다.'],
        [
          'The handle is sealed against water and fits small and large hands.',
          '손잡이는 물이 스미지 않고 손 크기와 상관없이 잘 맞습니다.',
        ],
        ['It holds its edge for months of home cooking.', '집에서 쓰면 몇 달 동안 날이 살아 있습니다.'],
      ],
      kinds: [
        kind('Chef’s Knives', 'chef’s knife', '식도', 39, 219, { shapes: [0, 1] }),
        kind('Paring Knives', 'paring knife', '과도', 14, 79, {
          shapes: [2],
          sizes: [
            ['8 cm', '8cm'],
            ['10 cm', '10cm'],
          ],
        }),
        kind('Bread Knives', 'bread knife', '빵칼', 24, 109, {
          shapes: [3],
          sizes: [
            ['22 cm', '22cm'],
            ['25 cm', '25cm'],
          ],
        }),
      ],
    },
    {
      picture: 'board',
      finish: 'wood',
      sizes: [
        ['S', '소'],
        ['M', '중'],
        ['L', '대'],
      ],
      materials: [
        ['end-grain wood', '엔드그레인 원목'],
        ['solid wood', '통원목'],
        ['oiled hardwood', '오일 마감 원목'],
      ],
      openings: [
        [
          '{A noun} cut from {material} and finished with plant oil.',
          '{material:을/를} 깎아 식물성 오일로 마감한 {noun}입니다.',
        ],
        [
          'No two are alike: each {noun} shows the grain of its own tree.',
          '나무마다 결이 달라 같은 {noun:은/는} 하나도 없습니다.',
        ],
      ],
      features: [
        [
          'It is gentle on knife edges and steady on the worktop.',
          '칼날을 상하게 하지 않고 조리대 위에서 흔들리지 않습니다.',
        ],
        ['A hole in the handle lets it hang by the window to dry.', '손잡이 구멍에 걸어 창가에서 말릴 수 있습니다.'],
        ['Turn it over and it is ready for cheese and fruit.', '뒤집으면 치즈와 과일을 내는 접시가 됩니다.'],
        ['The corners are rounded by hand and pleasant to hold.', '모서리를 손으로 둥글려 잡는 느낌이 좋습니다.'],
      ],
      kinds: [
        kind('Cutting Boards', 'cutting board', '도마', 19, 119, { shapes: [0, 3] }),
        kind('Serving Boards', 'serving board', '서빙 보드', 17, 89, { shapes: [1, 2] }),
      ],
    },
    {
      picture: 'bowl',
      finish: 'colour',
      materials: [
        ['stoneware', '석기'],
        ['porcelain', '백자'],
        ['glazed earthenware', '유약 도기'],
      ],
      sizes: [
        ['16 cm', '16cm'],
        ['20 cm', '20cm'],
        ['24 cm', '24cm'],
      ],
      openings: [
        ['{A noun} in {material}, thrown and glazed by hand.', '손으로 빚어 유약을 입힌 {material} {noun}입니다.'],
        [
          'Deep enough for soup and calm enough for fruit, this {noun} finds a use every day.',
          '국을 담기에 깊고 과일을 담기에 단정해 매일 손이 가는 {noun}입니다.',
        ],
      ],
      features: [
        ['The glaze pools darker towards the foot.', '굽으로 갈수록 유약이 짙게 고입니다.'],
        [
          'It is safe in the oven, the microwave and the dishwasher.',
          '오븐, 전자레인지, 식기세척기에 모두 쓸 수 있습니다.',
        ],
        ['The rim is thin and the base is heavy, so it sits well.', '입술은 얇고 바닥은 묵직해 안정감이 있습니다.'],
        ['Pieces of one size stack neatly.', '같은 크기끼리 가지런히 쌓입니다.'],
      ],
      kinds: [
        kind('Serving Bowls', 'serving bowl', '샐러드 볼', 16, 79, { shapes: [0, 3] }),
        kind('Noodle Bowls', 'noodle bowl', '면기', 12, 49, { shapes: [1, 2] }),
      ],
    },
    {
      picture: 'plate',
      finish: 'colour',
      materials: [
        ['stoneware', '석기'],
        ['porcelain', '백자'],
        ['bone china', '본차이나'],
      ],
      sizes: [
        ['19 cm', '19cm'],
        ['23 cm', '23cm'],
        ['27 cm', '27cm'],
      ],
      openings: [
        [
          '{A noun} in {material} with a quiet rim that frames the food.',
          '잔잔한 테두리가 음식을 돋보이게 하는 {material} {noun}입니다.',
        ],
        [
          'Everyday {material}, made to be used and not kept for guests.',
          '아껴 두지 않고 매일 쓰는 {material} 그릇입니다.',
        ],
      ],
      features: [
        [
          'The surface is matte to the touch and does not mark under cutlery.',
          '무광이면서도 수저 자국이 남지 않습니다.',
        ],
        ['The raised edge keeps sauce where it belongs.', '살짝 올라온 가장자리가 소스를 잡아 줍니다.'],
        ['It stacks low in a small cupboard.', '작은 찬장에도 낮게 포개집니다.'],
        ['Broken ones can be bought singly.', '깨지면 한 장씩 다시 살 수 있습니다.'],
      ],
      kinds: [kind('Dinner Plates', 'dinner plate', '접시', 9, 45)],
    },
  ],
}
