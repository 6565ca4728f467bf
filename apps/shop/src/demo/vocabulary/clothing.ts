import { type Department, kind, type Voice } from './words.ts'

const accessories: Voice = {
  closings: [
    ['Wash cool and dry flat.', '찬물에 빨아 뉘어 말리세요.'],
    ['It is dyed without heavy metals.', '중금속 없이 염색했습니다.'],
    ['Wrapped in tissue and ready to give.', '얇은 종이로 싸서 바로 선물할 수 있습니다.'],
    ['We mend holes for free in the first two years.', '2년 동안 구멍을 무료로 기워 드립니다.'],
  ],
  praise: [
    ['Soft, warm and not scratchy at all.', '부드럽고 따뜻하고 전혀 까슬거리지 않아요.'],
    ['The colour goes with every coat I have.', '어느 외투와도 잘 어울리는 색이에요.'],
    ['I ordered more in other colours.', '다른 색으로 더 주문했습니다.'],
    ['A present that was worn the same day.', '선물했더니 그날 바로 하고 나갔어요.'],
  ],
  praiseAfterLongUse: [['Kept its shape after many washes.', '여러 번 빨아도 모양이 그대로입니다.']],
  complaints: [
    ['A bit tight at first.', '처음에는 조금 조입니다.'],
    ['Thinner than it looks.', '보기보다 얇아요.'],
  ],
  complaintsAfterLongUse: [['It pilled a little after a month.', '한 달 뒤 보풀이 조금 생겼습니다.']],
}

export const clothing: Department = {
  slug: 'clothing',
  name: ['Clothing', '의류'],
  brands: [
    ['Folk & Field', '포크앤필드'],
    ['Haneul', '하늘'],
    ['Loom & Lark', '룸앤라크'],
    ['Undyed', '언다이드'],
    ['Sunday Cotton', '선데이코튼'],
    ['Merin', '메린'],
    ['Oram', '오람'],
    ['Kindling', '킨들링'],
  ],
  tags: [
    ['Organic cotton', '유기농 면'],
    ['Unisex', '남녀 공용'],
    ['Warm', '보온'],
  ],
  closings: [
    ['Wash cool, dry flat, wear for years.', '찬물에 빨아 뉘어 말리면 몇 년을 입습니다.'],
    ['The model is 175 cm tall and wears size M.', '모델은 키 175cm이며 M을 입었습니다.'],
    ['It is dyed without heavy metals.', '중금속 없이 염색했습니다.'],
    ['We mend holes for free in the first two years.', '2년 동안 구멍을 무료로 기워 드립니다.'],
  ],
  praise: [
    ['The cut is exactly what I was looking for.', '찾던 핏 그대로입니다.'],
    ['Thick enough for winter without being bulky.', '두껍지 않으면서 겨울에도 충분히 따뜻합니다.'],
    ['I ordered two more in other colours.', '다른 색으로 두 벌 더 주문했어요.'],
  ],
  praiseAfterLongUse: [
    ['Soft from the first wear and after ten washes.', '처음도 열 번 빤 뒤에도 부드러워요.'],
    ['The colour is rich and did not fade.', '색이 깊고 물이 빠지지 않았습니다.'],
  ],
  complaints: [
    ['Shrank a little in the first wash.', '첫 세탁에서 조금 줄었습니다.'],
    ['The sleeves are long for me.', '제게는 소매가 깁니다.'],
    ['Thinner than it looks.', '보기보다 얇아요.'],
    ['A loose thread at the hem.', '밑단에 실밥이 있었습니다.'],
  ],
  families: [
    {
      picture: 'tshirt',
      finish: 'colour',
      materials: [
        ['organic cotton', '유기농 면'],
        ['slub cotton', '슬럽 면'],
        ['hemp and cotton', '대마와 면'],
      ],
      sizes: [
        ['S', 'S'],
        ['M', 'M'],
        ['L', 'L'],
        ['XL', 'XL'],
      ],
      openings: [
        ['{A noun} in {material} with a neckline that keeps its shape.', '목이 늘어나지 않는 {material} {noun}입니다.'],
        [
          'Cut straight and a little roomy, this {noun} is washed before it reaches you.',
          '곧고 조금 넉넉하게 재단해 미리 세탁한 {noun}입니다.',
        ],
      ],
      features: [
        ['There is no label at the neck.', '목에 라벨이 없어 거슬리지 않습니다.'],
        ['The side seams are straight and stay straight.', '옆선이 돌아가지 않습니다.'],
        ['The cloth is knitted slowly on old machines.', '오래된 기계로 천천히 짠 원단입니다.'],
      ],
      kinds: [
        kind('T-Shirts', 'T-shirt', '티셔츠', 15, 59, { shapes: [0] }),
        kind('Long-Sleeve Tops', 'long-sleeve top', '긴소매 티셔츠', 19, 69, { shapes: [1] }),
        kind('Striped T-Shirts', 'striped T-shirt', '줄무늬 티셔츠', 19, 65, { shapes: [2] }),
        kind('Pocket T-Shirts', 'pocket T-shirt', '포켓 티셔츠', 17, 62, { shapes: [3] }),
      ],
    },
    {
      picture: 'sweater',
      finish: 'colour',
      materials: [
        ['lambswool', '램스울'],
        ['merino wool', '메리노 울'],
        ['brushed cotton', '기모 면'],
        ['recycled wool', '재생 울'],
      ],
      sizes: [
        ['S', 'S'],
        ['M', 'M'],
        ['L', 'L'],
        ['XL', 'XL'],
      ],
      openings: [
        ['{A noun} in {material} for the first cold morning.', '첫 추위에 꺼내 입는 {material} {noun}입니다.'],
        [
          'Knitted from {material}, this {noun} is warm and never heavy.',
          '{material:으로/로} 짠 {noun}, 따뜻하지만 무겁지 않습니다.',
        ],
      ],
      features: [
        ['The cuffs and hem are ribbed and spring back.', '소매와 밑단의 시보리가 늘어나지 않습니다.'],
        ['The shoulders are linked by hand.', '어깨선을 손으로 이었습니다.'],
        ['It does not itch, even on bare arms.', '맨살에 닿아도 까슬거리지 않습니다.'],
      ],
      kinds: [
        kind('Sweaters', 'sweater', '스웨터', 39, 179, {
          shapes: [0],
          materials: [
            ['lambswool', '램스울'],
            ['merino wool', '메리노 울'],
            ['recycled wool', '재생 울'],
            ['alpaca and cotton', '알파카와 면'],
          ],
        }),
        kind('Cardigans', 'cardigan', '카디건', 45, 189, {
          shapes: [1],
          materials: [
            ['lambswool', '램스울'],
            ['merino wool', '메리노 울'],
            ['recycled wool', '재생 울'],
            ['alpaca and cotton', '알파카와 면'],
          ],
        }),
        kind('Sweatshirts', 'sweatshirt', '맨투맨', 29, 99, {
          shapes: [2],
          materials: [
            ['brushed cotton', '기모 면'],
            ['organic cotton', '유기농 면'],
            ['heavy loopback cotton', '쭈리 원단'],
          ],
        }),
        kind('Hoodies', 'hoodie', '후드 티', 35, 119, {
          shapes: [3],
          materials: [
            ['brushed cotton', '기모 면'],
            ['organic cotton', '유기농 면'],
            ['heavy loopback cotton', '쭈리 원단'],
          ],
        }),
      ],
    },
    {
      picture: 'beanie',
      voice: accessories,
      finish: 'colour',
      materials: [
        ['merino wool', '메리노 울'],
        ['recycled wool', '재생 울'],
        ['soft cotton', '면'],
      ],
      openings: [
        ['{A noun} in {material} that covers the ears.', '귀까지 덮는 {material} {noun}입니다.'],
        ['Knitted in one piece, this {noun} has no seam to feel.', '한 번에 통으로 짜서 솔기가 없는 {noun}입니다.'],
      ],
      features: [
        ['Turn the cuff up once or twice.', '한 번 접어도 두 번 접어도 좋습니다.'],
        ['It keeps its stretch after washing.', '빨아도 탄력이 그대로입니다.'],
        ['One size fits most heads.', '대부분의 머리에 맞는 한 치수입니다.'],
      ],
      kinds: [
        kind('Beanies', 'beanie', '비니', 12, 49, { shapes: [0, 1] }),
        kind('Pompom Hats', 'pompom hat', '방울 털모자', 15, 55, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'cap',
      voice: accessories,
      finish: 'colour',
      materials: [
        ['washed cotton', '워싱 면'],
        ['corduroy', '코듀로이'],
        ['recycled nylon', '재생 나일론'],
      ],
      openings: [
        ['{A noun} in {material}, unbranded and easy to wear.', '로고 없이 어디에나 어울리는 {material} {noun}입니다.'],
        [
          'Soft from the start, this {noun} folds into a pocket.',
          '처음부터 부드럽고 주머니에 접어 넣을 수 있는 {noun}입니다.',
        ],
      ],
      features: [
        ['The strap at the back adjusts with a small brass buckle.', '뒤쪽 끈을 작은 황동 버클로 조절합니다.'],
        ['The sweatband is cotton and dries quickly.', '땀받이가 면이라 빨리 마릅니다.'],
        ['The brim is stiff enough for sun and rain.', '챙이 단단해 해와 비를 막아 줍니다.'],
      ],
      kinds: [
        kind('Baseball Caps', 'cap', '볼캡', 15, 49, { shapes: [0, 1] }),
        kind('Bucket Hats', 'bucket hat', '버킷해트', 17, 55, { shapes: [2, 3] }),
      ],
    },
    {
      picture: 'scarf',
      voice: accessories,
      finish: 'colour',
      materials: [
        ['lambswool', '램스울'],
        ['cashmere blend', '캐시미어 혼방'],
        ['washed linen', '워싱 리넨'],
      ],
      openings: [
        [
          '{A noun} in {material}, long enough to go around twice.',
          '두 번 감을 수 있을 만큼 긴 {material} {noun}입니다.',
        ],
        ['Woven from {material} and finished with a short fringe.', '{material:으로/로} 짜서 짧은 술로 마감했습니다.'],
      ],
      features: [
        ['It is soft enough for bare skin.', '맨살에 닿아도 부드럽습니다.'],
        ['It doubles as a blanket on trains.', '기차에서는 담요가 됩니다.'],
        ['The ends are knotted by hand.', '끝은 손으로 매듭지었습니다.'],
      ],
      kinds: [kind('Scarves', 'scarf', '목도리', 25, 129)],
    },
    {
      picture: 'socks',
      voice: accessories,
      finish: 'colour',
      materials: [
        ['combed cotton', '코마 면'],
        ['merino wool', '메리노 울'],
        ['recycled cotton', '재생 면'],
      ],
      sizes: [
        ['36–40', '230–255'],
        ['41–45', '260–285'],
      ],
      openings: [
        [
          '{noun} in {material} that stay up without pinching.',
          '조이지 않으면서 흘러내리지 않는 {material} {noun}입니다.',
        ],
        [
          'A pair of {noun} in {material}, linked flat at the toe.',
          '발끝 솔기를 납작하게 이은 {material} {noun}입니다.',
        ],
      ],
      features: [
        ['Heel and toe are reinforced.', '뒤꿈치와 발끝을 덧대었습니다.'],
        ['They keep feet dry on long walks.', '오래 걸어도 발이 보송합니다.'],
        ['Pairs stay pairs: a small loop keeps them together.', '작은 고리가 있어 짝을 잃지 않습니다.'],
      ],
      kinds: [
        kind('Crew Socks', 'crew socks', '양말', 5, 19, {
          shapes: [0, 1],
          materials: [
            ['combed cotton', '코마 면'],
            ['recycled cotton', '재생 면'],
            ['organic cotton', '유기농 면'],
          ],
        }),
        kind('Wool Socks', 'wool socks', '울 양말', 8, 29, {
          shapes: [2, 3],
          materials: [
            ['merino wool', '메리노 울'],
            ['lambswool', '램스울'],
          ],
        }),
      ],
    },
  ],
}
